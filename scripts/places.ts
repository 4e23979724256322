import path from 'node:path';
import {fileURLToPath} from 'node:url';

/*
Where what is built lies. By itself, as what builds it takes seconds to load.
*/

/** The root of the repository. */
export const root = fileURLToPath(new URL('../', import.meta.url));

/** Where the built program lies. */
export const distribution = path.join(root, 'distribution');

/** The notices of the packages in the bundle, beside it. */
export const noticesFile = 'third-party-notices.txt';

/** What is in the bundle, as esbuild says it, beside it; the package does not have it. */
export const metafileFile = 'metafile.json';

/** The manual page, beside it. */
export const manPageFile = 'vqlab.1';
