/** The parts of the page that the server makes: they follow the query, so that no address of them is made twice. */
import { effect } from '@preact/signals';
import { type RawIndex, readIndex } from './data/index';
import { page, readPageData } from './page';
import type { Store } from './store';

/** Milliseconds without another change after which the page is asked for. */
const PAUSE = 400;
/** What is replaced: the files of the list, and the languages. The last are links for programs. */
const PARTS = ['.take', '.languages'];
const HEAD = 'link[rel=alternate], link[rel=canonical]';

export function follow(store: Store): void {
  let shown = location.search;
  // The address as the server wrote it, for the query above.
  let printed = printedAddress(document);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let request = new AbortController();

  const refresh = async () => {
    const wanted = location.search;
    request.abort();
    if (wanted === shown || !navigator.onLine) return;
    request = new AbortController();
    const response = await fetch(`${page.explore}${wanted}`, { signal: request.signal, headers: { Accept: 'text/html' } });
    const text = await response.text();
    // The visitor may have gone on; another page is on its way then.
    if (!response.ok || location.search !== wanted) return;
    const served = new DOMParser().parseFromString(text, 'text/html');
    for (const part of PARTS) {
      const [here, there] = [document, served].map((of) => of.querySelector(part));
      if (here && there) here.replaceWith(document.adoptNode(there));
    }
    document.title = served.title;
    for (const link of document.head.querySelectorAll(HEAD)) link.remove();
    document.head.append(...served.head.querySelectorAll(HEAD));
    shown = wanted;
    printed = printedAddress(served);
    showAddress(printed);
    setStale(false);
    showFragment(store.fragment.peek());
    await compare(store, served);
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => refresh().catch(() => undefined), PAUSE);
  };
  effect(() => {
    void store.query.value;
    // The visitor may print before the server answers, or without a connection.
    showAddress(location.search === shown ? printed : printed.split('?')[0] + location.search);
    showFragment(store.fragment.peek());
    if (location.search === shown) { setStale(false); return; }
    setStale(true);
    later();
  });
  effect(() => showFragment(store.fragment.value));
  addEventListener('online', later);
}

/** Let the addresses of this page name its view, which the server does not know. */
function showFragment(fragment: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a, .take a.address')) {
    if (link.hash !== fragment) link.hash = fragment;
    if (link.className) link.textContent = link.href;
  }
  const printed = document.querySelector('footer .address')!;
  printed.textContent = printed.textContent!.split('#')[0]! + fragment;
}

/** Return the address of a page that print shows, without the view. */
function printedAddress(of: Document): string {
  return of.querySelector('footer .address')!.textContent!.split('#')[0]!;
}

/** Let print, and programs that read the head of the page, find the address of the present filters. */
function showAddress(address: string): void {
  document.querySelector('footer .address')!.textContent = address;
  document.querySelector<HTMLLinkElement>('link[rel=canonical]')!.href = address;
}

/** Nobody may follow a link to the files of the list before. */
function setStale(isStale: boolean): void {
  for (const part of PARTS) document.querySelector<HTMLElement>(part)?.toggleAttribute('inert', isStale);
}

/** Fetch the index again if the server counts other events, because somebody edited them. */
async function compare(store: Store, served: Document): Promise<void> {
  const total = readPageData(served)?.total;
  if (total === undefined || ['asked', 'failed'].includes(store.remote.peek()) || total === store.results.peek().matches.length) return;
  const response = await fetch(page.index, { cache: 'no-cache' });
  if (response.ok) store.use(readIndex((await response.json()) as RawIndex));
}
