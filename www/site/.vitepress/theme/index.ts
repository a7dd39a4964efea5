import type { Theme } from "vitepress";
// The fonts are the system's.
import DefaultTheme from "vitepress/theme-without-fonts";
import LivePreview from "./LivePreview.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => {
    app.component("LivePreview", LivePreview);
  },
} satisfies Theme;
