declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  // The compiler of Vue makes a default export of each component.
  export default component;
}

declare module '*.css';
