import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {companionPath} from '../../source/validation/companion.js';
import {readFit} from '../../source/validation/fit-result.js';
import {readCells} from '../../source/validation/read-cells.js';
import {readStory} from '../../source/validation/story.js';

/** The measured cells that come with the project, and what lies beside them. */
export const cellsFile = fileURLToPath(new URL('../testbed/cells.json', import.meta.url));
export const cellsText = readFileSync(cellsFile, 'utf8');
export const testbed = readCells(cellsText, 'cells.json');

export const storyText = readFileSync(companionPath(cellsFile, 'story'), 'utf8');
export const story = readStory(storyText, 'cells.story.json', testbed);

export const fit = readFit(readFileSync(companionPath(cellsFile, 'fit'), 'utf8'), 'cells.fit.json');
