/** Names that begin as typed, in any script. */
import type { Index } from './index';

export interface Suggestion {
  parameter: string;
  id: string;
  label: string;
  /** The other name by which it was found; empty if it was the label. */
  by: string;
}

interface Entry extends Suggestion {
  /** Each name as letters, with its words. */
  forms: [name: string, folded: string][];
}

/** The final consonants of Hangul syllables, from U+11A8 on, as the letters that a writer types. */
const FINALS = 'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'
  .split(' ')
  .map((letters) => letters.normalize('NFKD'));

/** Return the text without accents, and Hangul as letters, so that an unfinished syllable begins its word. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\u11a8-\u11c2]/g, (letter) => FINALS[letter.charCodeAt(0) - 0x11a8]!)
    .toLowerCase();
}

export class Names {
  private readonly entries: Entry[];

  constructor(index: Index) {
    const events = new Uint32Array(index.participants.length);
    for (const who of index.events.participants.values) events[who]! += 1;
    const byEvents = [...index.participants.keys()].sort((a, b) => events[b]! - events[a]!);
    this.entries = [
      ...byEvents.map((n) => entry('participant', index.participants[n]!)),
      ...index.places.map((place) => entry('place', place)),
      ...index.tags.map((tag) => entry('tag', { ...tag, others: [] })),
      ...index.types.map((type) => entry('type', { ...type, others: [] })),
    ];
  }

  /** Return names of which a word begins with the text: first the ones that begin with it, people first. */
  find(typed: string, most: number): Suggestion[] {
    const wanted = fold(typed.trim());
    if (!wanted) return [];
    const [first, later]: [Suggestion[], Suggestion[]] = [[], []];
    for (const { forms, ...suggestion } of this.entries) {
      const begins = forms.find(([, folded]) => folded.startsWith(wanted));
      const found = begins ?? forms.find(([, folded]) => folded.includes(` ${wanted}`) || folded.includes(`-${wanted}`));
      if (!found) continue;
      (begins ? first : later).push({ ...suggestion, by: found[0] === suggestion.label ? '' : found[0] });
    }
    return [...first, ...later].slice(0, most);
  }

  /** Return the suggestion of an id, if the index has it. */
  named(parameter: string, id: string): Suggestion | undefined {
    return this.entries.find((each) => each.parameter === parameter && each.id === id);
  }
}

function entry(parameter: string, { id, label, others }: { id: string; label: string; others: string[] }): Entry {
  return { parameter, id, label, by: '', forms: [label, ...others].map((name) => [name, fold(name)]) };
}
