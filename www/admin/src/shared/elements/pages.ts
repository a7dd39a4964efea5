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
    this.#asking?.abort();
  }

  /** From the first page on. */
  ask(): Promise<void> {
    return this.#ask(undefined);
  }

  forget(): void {
    this.#asking?.abort();
    this.items = null;
    this.#next = null;
    this.failure = null;
  }

  async #ask(after: number | undefined): Promise<void> {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.failure = null;
    this.#host.requestUpdate();
    try {
      const { items, next } = await this.#read(after, signal);
      if (signal.aborted) return;
      this.items = after === undefined ? items : [...(this.items ?? []), ...items];
      this.#next = next;
    } catch (error) {
      if (!signal.aborted) this.failure = asBackendError(error);
    }
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
