import type { Store } from '../store';
import { Facets } from './Facets';
import { Found } from './Found';
import { List } from './List';
import { Search } from './Search';
import { Strip } from './Strip';
import { Views } from './Views';

export function Explorer({ store, typed }: { store: Store; typed: string | null }) {
  return (
    <>
      <Search store={store} typed={typed} />
      <Found store={store} />
      <Strip store={store} />
      <Views store={store} />
      <div class="beside">
        <List store={store} />
        <Facets store={store} />
      </div>
    </>
  );
}
