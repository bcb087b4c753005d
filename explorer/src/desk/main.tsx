/** Starts the desk. If anything fails, the commands that the server shows stay. */
import { render } from 'preact';
import * as api from './api';
import { Desk } from './Desk';
import { readDesk } from './page';
import { asked, isUndone, vocabulary, written } from './state';

async function start(): Promise<void> {
  const [root, plain] = ['desk', 'plain'].map((id) => document.getElementById(id));
  if (!root || !plain || !readDesk(document)) return;
  vocabulary.value = await api.vocabularies();
  root.hidden = false;
  render(<Desk />, root);
  plain.hidden = true;
  root.dataset['ready'] = 'true';
  // The page keeps nothing: to leave it with unwritten work needs an answer.
  addEventListener('beforeunload', (event) => {
    if (asked.value.text && (!written.value || isUndone.value)) event.preventDefault();
  });
}

start().catch((error: unknown) => console.warn('The desk did not start.', error));
