// What other scripts tell the page: events of htmx (https://htmx.org/events/) and of allauth's passkeys, with as much of
// them as is read here.

interface Anfrage {
  elt?: HTMLElement;
}

interface Antwort {
  elt: HTMLElement;
  requestConfig?: Anfrage;
  serverResponse: string;
  shouldSwap: boolean;
  xhr: XMLHttpRequest;
}

interface DocumentEventMap {
  "htmx:load": CustomEvent<{ elt: HTMLElement }>;
  "htmx:beforeRequest": CustomEvent<{ elt: HTMLElement }>;
  "htmx:beforeSwap": CustomEvent<Antwort>;
  "htmx:oobBeforeSwap": CustomEvent<{ fragment?: ParentNode; shouldSwap: boolean }>;
  "htmx:afterSwap": CustomEvent<Antwort>;
  "htmx:afterSettle": CustomEvent<{ requestConfig?: Anfrage }>;
  "htmx:sendError": CustomEvent<{ elt: HTMLElement }>;
  "htmx:timeout": CustomEvent<{ elt: HTMLElement }>;
  "allauth.error": CustomEvent<{ exception: Error }>;
}
