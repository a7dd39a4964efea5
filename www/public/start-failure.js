// Says so if the page's own script, or a part of it, cannot be loaded or started: then nothing else is there that could.
{
  const texts = {
    en: ["The page could not be loaded. The connection may be interrupted.", "Try again"],
    de: ["Die Seite ließ sich nicht laden. Vielleicht ist die Verbindung unterbrochen.", "Noch einmal versuchen"],
  };
  const started = () => document.querySelector("admin-page, preview-page")?.shadowRoot;
  addEventListener(
    "error",
    () => {
      if (started() || document.querySelector("#start-failure")) return;
      const [language] = navigator.languages.map((tag) => tag.slice(0, 2)).filter((tag) => tag in texts);
      const [text, again] = texts[language ?? "en"];
      const note = Object.assign(document.createElement("p"), {
        id: "start-failure",
        role: "alert",
        textContent: `${text} `,
      });
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: again });
      button.addEventListener("click", () => location.reload());
      note.append(button);
      (document.body ?? document.documentElement).append(note);
    },
    // A script that does not come tells only whoever listens on the way to it.
    true,
  );
}
