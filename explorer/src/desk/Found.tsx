/** What the text has beside events: names that the data lacks, offices without a holder, acts without a date. */
import { say } from '../texts';
import type { Selector } from './answers';
import { unitsBefore } from './spans';
import { answer, text } from './state';
import { showWords } from './TextPane';

export function Found() {
  const { unknown, unassigned_offices, left_out } = answer.value!;
  const lists: [string, Words[]][] = [
    ['unknown', unknown.map(({ name, selector }) => ({ words: name, selector, more: '' }))],
    ['unassigned', unassigned_offices.map(({ office, selector, reason }) => ({ words: office, selector, more: reason }))],
    ['left_out', left_out.map(({ quote, selector, reason }) => ({ words: quote, selector, more: reason }))],
  ];
  return (
    <>
      {lists.filter(([, all]) => all.length > 0).map(([key, all]) => (
        <section key={key}>
          <h3>{say(key)}</h3>
          <ul>{all.map((each, at) => <li key={at}><WordsButton {...each} /></li>)}</ul>
        </section>
      ))}
    </>
  );
}

interface Words {
  words: string;
  selector: Selector;
  more: string;
}

function WordsButton({ words, selector, more }: Words) {
  const [start, end] = [unitsBefore(text.value, selector.start), unitsBefore(text.value, selector.end)];
  return (
    <>
      <button type="button" class="link" onClick={() => showWords({ start, end })}>{words}</button>
      {more && <span lang="en"> {more}</span>}
    </>
  );
}
