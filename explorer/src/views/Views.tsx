import { say } from '../page';
import { type Store, VIEWS } from '../store';
import { MapView } from './MapView';
import { NetworkView } from './NetworkView';
import { useRoving } from './roving';
import { TimelineView } from './TimelineView';

/** The views of the same events, as tabs. The fragment of the address names the open one. */
export function Views({ store }: { store: Store }) {
  const open = store.view.value;
  const roving = useRoving(VIEWS.length, VIEWS.indexOf(open), (at) => store.show(VIEWS[at]!));
  return (
    <section aria-label={say('views')} class="views">
      <div role="tablist" aria-label={say('views')} onKeyDown={roving.onKeyDown}>
        {VIEWS.map((view, at) => (
          <button key={view} type="button" role="tab" id={`explorer-tab-${view}`} aria-selected={view === open} aria-controls="explorer-view"
            {...roving.item(at)} tabindex={view === open ? 0 : -1} onClick={() => store.show(view)}>
            {say(view)}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="explorer-view" aria-labelledby={`explorer-tab-${open}`}>
        {open === 'timeline' && <TimelineView store={store} />}
        {open === 'map' && <MapView store={store} />}
        {open === 'network' && <NetworkView store={store} />}
      </div>
    </section>
  );
}
