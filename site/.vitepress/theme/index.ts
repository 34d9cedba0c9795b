import '@shikijs/vitepress-twoslash/style.css';

import TwoslashFloatingVue from '@shikijs/vitepress-twoslash/client';
import { type Theme, useRoute } from 'vitepress';
import DefaultTheme from 'vitepress/theme-without-fonts';
import { nextTick, onMounted, watch } from 'vue';

import { moveAmongTypes } from './move-among-types.ts';
import TryIt from './playground/TryIt.vue';

import './style.css';

const theme: Theme = {
  extends: DefaultTheme,
  setup() {
    const route = useRoute();
    onMounted(() => document.addEventListener('keydown', moveAmongTypes));
    onMounted(() =>
      watch(
        () => route.path,
        () => void nextTick(markMain),
        { immediate: true },
      ),
    );
  },
  enhanceApp({ app }) {
    app.use(TwoslashFloatingVue, { themes: { twoslash: { triggers: ['hover', 'touch', 'focus'] } } });
    app.component('TryIt', TryIt);
  },
};

/** The start page has no `main`: the theme makes one only for the other pages. */
function markMain(): void {
  const content = document.querySelector('#VPContent');
  if (content?.querySelector('main') === null) content.setAttribute('role', 'main');
  else content?.removeAttribute('role');
}

export default theme;
