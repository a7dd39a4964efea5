// The page's front door: styles, icons and theme first, then the elements.
import "./styles/page.css";
import { registerIcons } from "./icons.js";
import { followTheme } from "./theme.js";
import "./elements/preview-page.js";

registerIcons();
followTheme();
