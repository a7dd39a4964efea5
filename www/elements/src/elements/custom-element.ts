/**
 * Registers an element, unless the page has one of that name: a page may load this package twice, bundled by two parties. The
 * first to come stays, where the platform's own registration would throw and take the rest of the script with it.
 */
export function customElement(name: string): (element: CustomElementConstructor) => void {
  return (element) => {
    if (!customElements.get(name)) customElements.define(name, element);
  };
}
