type All<Events> = Omit<HTMLElementEventMap, keyof Events> & Events;

/** `addEventListener` and its counterpart, which know an element's own events beside those of every element. */
export interface Listening<Events> {
  <Name extends keyof All<Events>>(
    type: Name,
    listener: (event: All<Events>[Name]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}
