import '@shikijs/vitepress-twoslash/style.css';

import TwoslashFloatingVue from '@shikijs/vitepress-twoslash/client';
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';

import TryIt from './playground/TryIt.vue';

import './style.css';

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.use(TwoslashFloatingVue);
    app.component('TryIt', TryIt);
  },
};

export default theme;
