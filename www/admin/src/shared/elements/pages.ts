import "@awesome.me/webawesome/dist/components/button/button.js";
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { asBackendError, type BackendError } from "../../backend/backend.js";
import { messages } from "../../messages/language.js";
import "./failure-note.js";

export interface Page<Item> {
  items: readonly Item[];
  next: number | null;
}

/** A list that comes page by page, in the element that shows it. The newest question alone is answered. */
export class Pages<Item> implements ReactiveController {
  /** `null` until there is an answer. */
  items: readonly Item[] | null = null;
  failure: BackendError | null = null;
  #next: number | null = null;
  #asking: AbortController | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #read: (after: number | undefined, signal: AbortSignal) => Promise<Page<Item>>;

  /** `read` gives the first page, or the one after the `next` of another. */
  constructor(
    host: ReactiveControllerHost,
    read: (after: number | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  ) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  #stop(): void {
    this.#asking?.abort();
    this.#asking = undefined;
  }

  /** From the first page on. */
  ask(): Promise<void> {
    return this.#ask(undefined);
  }

  /** As far as it is shown, for a list that changes while somebody looks at it. Whatever is asked for already comes first. */
  async again(): Promise<void> {
    if (!this.#asking) await this.#ask(undefined, this.items?.length);
  }

  forget(): void {
    this.#stop();
    this.items = null;
    this.#next = null;
    this.failure = null;
  }

  async #ask(after: number | undefined, atLeast = 0): Promise<void> {
    this.#stop();
    const asking = new AbortController();
    this.#asking = asking;
    const { signal } = asking;
    this.failure = null;
    this.#host.requestUpdate();
    try {
      let page = await this.#read(after, signal);
      let items = after === undefined ? page.items : [...(this.items ?? []), ...page.items];
      while (items.length < atLeast && page.next !== null && !signal.aborted) {
        page = await this.#read(page.next, signal);
        items = [...items, ...page.items];
      }
      if (signal.aborted) return;
      this.items = items;
      this.#next = page.next;
    } catch (error) {
      if (!signal.aborted) this.failure = asBackendError(error);
    }
    if (this.#asking === asking) this.#asking = undefined;
    this.#host.requestUpdate();
  }

  /** What there is of the list so far, and why there is no more of it. */
  shown(list: (items: readonly Item[]) => TemplateResult, more: string): TemplateResult {
    if (this.failure) return html`<failure-note .failure=${this.failure} @again=${() => this.ask()}></failure-note>`;
    if (!this.items) return html`<p class="quiet" role="status">${messages().page.loading}</p>`;
    return html`${list(this.items)} ${this.more(more)}`;
  }

  more(label: string): TemplateResult | typeof nothing {
    const next = this.#next;
    if (next === null) return nothing;
    return html`<div><wa-button size="s" appearance="outlined" @click=${() => this.#ask(next)}>${label}</wa-button></div>`;
  }
}
