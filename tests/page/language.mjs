// The page in the reader's language.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

test("a German reader is spoken to in German, the engine's diagnostics and fixes included", () =>
  withPage(
    async ({ page }) => {
      const mapping = page.getByRole("textbox", { name: "Gruppenzuordnung" });
      await mapping.waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
      assert.equal(await page.title(), "Gruppenabgleich: Vorschau · idp-group-sync");
      await mapping.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText("Marketing Team => marketing\nx -> nowhere");
      await page.getByText("=> ist kein Pfeil.").first().waitFor();
      await page.getByRole("button", { name: "-> schreiben" }).click();
      await page.locator("group-sync-preview .state", { hasText: "Meldet sich an und wird abgeglichen" }).waitFor();
      await page.getByText("nowhere kann hier nicht vergeben werden").waitFor();
      await page.getByRole("button", { name: "Tabelle" }).click();
      await page.getByRole("table", { name: "Gruppenzuordnung als Tabelle" }).waitFor();
    },
    { locale: "de-DE" },
  ));

test("a French reader is spoken to in French, numbers and plurals included", () =>
  withPage(
    async ({ page }) => {
      const mapping = page.getByRole("textbox", { name: "Mappage des groupes" });
      await mapping.waitFor();
      assert.equal(await page.title(), "Aperçu de la synchronisation des groupes · idp-group-sync");
      await mapping.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText("Marketing Team => marketing\nx -> nowhere");
      await page.getByText("=> n’est pas une flèche.").first().waitFor();
      await page.getByText("1 erreur").first().waitFor();
      await page.getByRole("button", { name: "écrire ->" }).click();
      await page.locator("group-sync-preview .state", { hasText: "Se connecte et est synchronisé" }).waitFor();
      await page.getByText("nowhere ne peut pas être accordé ici").waitFor();
    },
    { locale: "fr-CA" },
  ));

test("a language that the page does not speak is answered in English", () =>
  withPage(
    async (preview) => {
      await preview.mapping.waitFor();
      assert.equal(await preview.page.evaluate(() => document.documentElement.lang), "en");
    },
    { locale: "es-ES" },
  ));

test("the elements follow the document's language while they are shown", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await preview.mapping.waitFor();
    await page.evaluate(() => document.documentElement.setAttribute("lang", "de-AT"));
    await page.getByRole("textbox", { name: "Gruppenzuordnung" }).waitFor();
    await page.getByRole("button", { name: "Tabelle" }).waitFor();
    await page.getByRole("heading", { name: "Ergebnis der Anmeldung" }).waitFor();
  }));
