import {createRequire} from 'node:module';
import type ts from 'typescript';

/**
The compiler. As an import tsx would read its nine megabytes for what they export, and the start of
a script takes 1.4 s of CPU longer.
*/
export const compiler = createRequire(import.meta.url)('typescript') as typeof ts;
