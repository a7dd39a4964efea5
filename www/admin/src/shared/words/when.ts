import { currentLanguage } from "idp-group-sync-elements/internal/pages/page-language.js";

/** A moment as people write it, in the page's language and their own time. */
export function when(moment: string): string {
  const language = locale();
  const format =
    formats.get(language) ?? new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
  formats.set(language, format);
  return format.format(new Date(moment));
}

/** By language: making one takes a fifth of a millisecond, and lists have many moments. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The same to the second, for whoever wants to know exactly. */
export function exactly(moment: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "long" }).format(new Date(moment));
}

/** How long ago it was, in the largest unit of which it is at least one. */
export function ago(moment: string): string {
  const seconds = (Date.parse(moment) - Date.now()) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return format.format(Math.trunc(seconds / length), unit);
}

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

function locale(): string {
  const language = currentLanguage();
  // A page that this is a part of may not say which language it is in; then it is English.
  return navigator.languages.find((tag) => tag.split("-", 1)[0] === language) ?? (language || "en");
}
