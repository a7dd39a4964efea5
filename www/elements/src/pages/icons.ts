import { registerIconLibrary } from "@awesome.me/webawesome/dist/components/icon/library.js";
import rightArrow from "bootstrap-icons/icons/arrow-right.svg?raw";
import check from "bootstrap-icons/icons/check-circle-fill.svg?raw";
import collection from "bootstrap-icons/icons/collection.svg?raw";
import dash from "bootstrap-icons/icons/dash-circle.svg?raw";
import warning from "bootstrap-icons/icons/exclamation-triangle-fill.svg?raw";
import info from "bootstrap-icons/icons/info-circle-fill.svg?raw";
import keyboard from "bootstrap-icons/icons/keyboard.svg?raw";
import wand from "bootstrap-icons/icons/magic.svg?raw";
import moon from "bootstrap-icons/icons/moon-stars.svg?raw";
import pause from "bootstrap-icons/icons/pause-circle-fill.svg?raw";
import person from "bootstrap-icons/icons/person-badge.svg?raw";
import plus from "bootstrap-icons/icons/plus-lg.svg?raw";
import search from "bootstrap-icons/icons/search.svg?raw";
import lock from "bootstrap-icons/icons/shield-lock.svg?raw";
import sun from "bootstrap-icons/icons/sun.svg?raw";
import trash from "bootstrap-icons/icons/trash3.svg?raw";
import close from "bootstrap-icons/icons/x-lg.svg?raw";
import cross from "bootstrap-icons/icons/x-octagon-fill.svg?raw";

const icons: Record<string, string> = {
  check,
  close,
  collection,
  cross,
  dash,
  info,
  keyboard,
  lock,
  moon,
  pause,
  person,
  plus,
  "right-arrow": rightArrow,
  search,
  sun,
  trash,
  warning,
  wand,
};

/** Replaces Web Awesome's default icons, which come from a content delivery network, by icons inside the bundle. */
export function registerIcons(): void {
  registerIconLibrary("default", {
    resolver: (name) => `data:image/svg+xml,${encodeURIComponent(icons[name] ?? "")}`,
    mutator: (svg) => svg.setAttribute("fill", "currentColor"),
  });
}
