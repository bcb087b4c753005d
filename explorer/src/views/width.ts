import { useEffect, useState } from 'preact/hooks';

/** The width of a drawing; on a wider screen it is scaled up. */
export const MOST_WIDTH = 800;
const LEAST = 240;

/**
 * Return the width of a drawing in its units. Up to 800 pixels it is the width of the explorer, so that names and
 * targets on a small screen are as large as on a wide one.
 */
export function useWidth(): number {
  const [width, setWidth] = useState(widthOf);
  useEffect(() => {
    const observer = new ResizeObserver(() => setWidth(widthOf()));
    observer.observe(root());
    return () => observer.disconnect();
  }, []);
  return width;
}

function root(): HTMLElement {
  return document.getElementById('explorer')!;
}

function widthOf(): number {
  return Math.max(Math.min(root().clientWidth, MOST_WIDTH), LEAST);
}
