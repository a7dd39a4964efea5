import { html } from "lit";
import type { Messages } from "./language.js";
import { code, count, fields } from "./words-de.js";
import type { Field } from "./words-en.js";

// Deutsch: worin zwei Versionen der Einstellungen sich unterscheiden, und die früheren Versionen.

const names = (own: Field[]) => own.map((field) => fields[field]).join(" und ");

export const historyDe: Pick<Messages, "changes" | "history"> = {
  changes: {
    nothing: "Keine Unterschiede",
    enabled: (on) => (on ? "Gruppenabgleich eingeschaltet" : "Gruppenabgleich ausgeschaltet"),
    defaultWorkspace: "Standard-Arbeitsbereich",
    listed: (listed) => (listed ? "In die Abgleichsliste aufgenommen" : "Aus der Abgleichsliste entfernt"),
    synced: (on) => (on ? "Eingeschaltet" : "Ausgeschaltet"),
    overridden: (own) => `Jetzt mit eigenen Angaben: ${names(own)}`,
    inherited: (own) => `Jetzt von der Instanz übernommen: ${names(own)}`,
    added: "Neu:",
    removed: "Entfernt:",
    rewritten: "Der Text der Zuordnung ist anders, ihre Einträge sind dieselben",
    more: (more) => `und ${count(more, "weitere Änderung", "weitere Änderungen")}`,
  },
  history: {
    hint: "Jede gespeicherte Version der Einstellungen, neueste zuerst. Öffnen Sie eine, um zu sehen, was sie geändert hat, oder um sie wiederherzustellen.",
    list: "Versionen",
    version: (version) => `Version ${version}`,
    current: "aktuell",
    system: "Der Server",
    first: "Die anfänglichen Einstellungen",
    onlyFirst: "Noch ist nichts gespeichert. Ihre erste gespeicherte Änderung erscheint hier.",
    toSettings: "Einstellungen ändern",
    more: "Frühere Versionen zeigen",
    all: "← Alle Versionen",
    choose: (version) => `Version ${version} vergleichen`,
    compareHint: "Wählen Sie zwei Versionen, um sie zu vergleichen.",
    compare: (before, after) => `${before} und ${after} vergleichen`,
    compared: (before, after) => `Version ${before} → Version ${after}`,
    toCurrent: "Mit der aktuellen Version vergleichen",
    changed: "Was sich geändert hat",
    rules: "Was bei Anmeldungen anders ist",
    texts: "Beide Zuordnungen als Text",
    restore: (version) => `Version ${version} wiederherstellen`,
    restoreHint: "Sie wird zu Ihrem Entwurf und geht durch die Prüfung. Gespeichert wird erst, wenn Sie bestätigen.",
    sameAsCurrent: "Diese Version gleicht der aktuellen.",
    replace: {
      title: "Nicht gespeicherte Änderungen ersetzen?",
      hint: "Sie haben nicht gespeicherte Änderungen. Beim Wiederherstellen treten die Einstellungen der Version an ihre Stelle. Das lässt sich rückgängig machen.",
      go: "Ersetzen und prüfen",
    },
    restored: (version) => `Version ${version} ist jetzt Ihr Entwurf. Sie gilt, sobald Sie speichern.`,
    undo: "Meine Änderungen zurückholen",
    missing: (ids) =>
      html`Nicht mehr vorhanden und deshalb ausgelassen: ${ids.map((id, place) => html`${place > 0 ? ", " : ""}${code(id)}`)}.`,
  },
};
