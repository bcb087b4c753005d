/** One stop of the Tab key for a group of controls; arrow keys move within it. */
import { useRef, useState } from 'preact/hooks';

export interface Roving {
  /** The properties of the control at a position. */
  item(at: number): { tabindex: number; ref: (element: Element | null) => void; onFocus: () => void };
  /** The handler of keys for the group; the keys of `moves` are steps, and Home and End go to the ends. */
  onKeyDown(event: KeyboardEvent): void;
  focus(at: number): void;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export function useRoving(count: number, first = 0, moved?: (at: number, event: KeyboardEvent) => void): Roving {
  const [current, setCurrent] = useState(first);
  const elements = useRef(new Map<number, Element>());
  const stop = Math.min(current, Math.max(count - 1, 0));
  const focus = (at: number) => {
    setCurrent(at);
    (elements.current.get(at) as HTMLElement | SVGElement | undefined)?.focus();
  };
  return {
    item: (at) => ({
      tabindex: at === stop ? 0 : -1,
      ref: (element) => { if (element) elements.current.set(at, element); else elements.current.delete(at); },
      onFocus: () => setCurrent(at),
    }),
    onKeyDown(event) {
      const step = STEPS[event.key];
      const wanted = step !== undefined ? stop + step : event.key === 'Home' ? 0 : event.key === 'End' ? count - 1 : -1;
      if (event.ctrlKey || event.altKey || event.metaKey || (step === undefined && wanted < 0)) return;
      event.preventDefault();
      const to = Math.min(Math.max(wanted, 0), count - 1);
      focus(to);
      moved?.(to, event);
    },
    focus,
  };
}

/** Call the action for the keys that press a button. */
export function onPress(action: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    action();
  };
}
