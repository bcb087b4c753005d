/** Starts the explorer on the page of events. If anything fails, the page of the server stays. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { type RawIndex, readIndex } from './data/index';
import { readPageData, usePage } from './page';
import { follow } from './served';
import { type Store, makeStore } from './store';
import { Explorer } from './views/Explorer';
import { loadMap } from './views/MapView';

async function start(): Promise<void> {
  const data = readPageData(document);
  const [root, plain] = ['explorer', 'plain'].map((id) => document.getElementById(id));
  if (!data || !root || !plain) return;
  usePage(data);
  const response = await fetch(data.index);
  if (!response.ok) return;
  const store = makeStore(readIndex((await response.json()) as RawIndex));
  await settled(store);
  const typed = document.activeElement instanceof HTMLInputElement ? document.activeElement : null;
  root.hidden = false;
  render(<Explorer store={store} typed={typed?.id === 'q' ? typed.value : null} />, root);
  plain.hidden = true;
  follow(store);
  root.dataset['ready'] = 'true';
  // For a visitor who opens the map without a connection.
  setTimeout(() => { loadMap().catch(() => undefined); }, 1000);
}

/** Wait until the server decided the filters of the address, so that no other count is shown before. */
function settled(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const stop = effect(() => { if (store.remote.value !== 'asked') setTimeout(() => { stop(); resolve(); }); });
  });
}

start().catch((error: unknown) => console.warn('The explorer did not start.', error));
