import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { has, peopleOf, valuesOf, withAlso, withPerson, without, withoutPerson } from '../data/query';
import { FACETS, FURTHER, type Counted, type Facet, type FacetName } from '../data/results';
import { titleOf } from '../labels';
import { number, say } from '../page';
import type { Store } from '../store';

/** Values of a facet that are shown at first. */
const FEW = 8;

export function Facets({ store }: { store: Store }) {
  return (
    <section class="screen" aria-labelledby="explorer-narrow">
      <h2 id="explorer-narrow" tabindex={-1}>{say('narrow')}</h2>
      <div class="facets">
        {FACETS.map((name) => <FacetGroup key={name} store={store} name={name} />)}
      </div>
    </section>
  );
}

interface GroupProps {
  store: Store;
  name: FacetName;
}

function FacetGroup({ store, name }: GroupProps) {
  const chosen = name === 'participant' ? peopleOf(store.query.value) : valuesOf(store.query.value, name);
  const isFurther = (FURTHER as readonly FacetName[]).includes(name);
  const [isOpen, setOpen] = useState(!isFurther || chosen.length > 0);
  if (!isFurther) return <Choices store={store} name={name} chosen={chosen} title={titleOf(name)} />;
  const title = (
    <button type="button" class="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{titleOf(name)}</button>
  );
  if (!isOpen) return <fieldset class="facet"><legend>{title}</legend></fieldset>;
  return <Choices store={store} name={name} chosen={chosen} title={title} />;
}

function Choices({ store, name, chosen, title }: GroupProps & { chosen: string[]; title: ComponentChildren }) {
  const [isWhole, setWhole] = useState(false);
  const facet = store.results.value.facet(name);
  const rows = rowsOf(facet, chosen);
  const shown = isWhole ? rows : rows.filter(({ number: value }, at) => at < FEW || chosen.includes(facet.values[value]!.id));
  if (rows.length === 0) return null;
  return (
    <fieldset class="facet">
      <legend>{title}</legend>
      {shown.map(({ number: value, events }) => {
        const { id, label } = facet.values[value]!;
        return (
          <label key={id}>
            <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(store, facet.name, id)} />{' '}
            <span>{label}</span> <span class="count">{number(events)}</span>
          </label>
        );
      })}
      {(isWhole || shown.length < rows.length) && rows.length > FEW && (
        <button type="button" class="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? say('show_fewer') : say('show_all', { count: number(rows.length) })}
          <span class="hidden"> {titleOf(facet.name)}</span>
        </button>
      )}
    </fieldset>
  );
}

/** Return the counted values, and the chosen ones that no event has. */
function rowsOf(facet: Facet, chosen: string[]): Counted[] {
  const counted = new Set(facet.counts.map((each) => each.number));
  const empty = chosen
    .map((id) => facet.values.findIndex((value) => value.id === id))
    .filter((value) => value >= 0 && !counted.has(value));
  return [...facet.counts, ...empty.map((value) => ({ number: value, events: 0 }))];
}

function toggle(store: Store, name: string, id: string): void {
  const query = store.query.value;
  if (name === 'participant') store.go(peopleOf(query).includes(id) ? withoutPerson(query, id) : withPerson(query, id));
  else store.go(has(query, name, id) ? without(query, name, id) : withAlso(query, name, id));
}
