// Says so if the page's own script, or a part of it, cannot be loaded or started: then nothing else is there that could.
{
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem("start-failure"));
    } catch {
      return null;
    }
  };
  const started = () => document.querySelector("admin-page, preview-page")?.shadowRoot;
  addEventListener(
    "error",
    () => {
      if (started() || document.querySelector("#start-failure")) return;
      // In the language that the page spoke here before.
      const [text, again] = kept() ?? ["The page could not be loaded. The connection may be interrupted.", "Try again"];
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
