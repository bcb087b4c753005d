// Builds the files that pages load: `node build.mjs [FOLDER]`, by default into the folder of the pages.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cutMap } from './map.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, '../app/formats/pages/static');

await build({
  absWorkingDir: here,
  entryPoints: { explorer: 'src/main.tsx', desk: 'src/desk/main.tsx' },
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'inline',
  jsx: 'automatic',
  jsxImportSource: 'preact',
});
writeFileSync(join(folder, 'map.json'), `${JSON.stringify(cutMap())}\n`);
