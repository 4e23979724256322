import {recordsIn} from '../files/records.js';
import {type DeskView} from '../session/controller.js';

const found = await recordsIn<DeskView>(import.meta.url, '*/view.ts', 'view');

/**
Every view, in the order of their keys: a folder beside this file whose `view.ts` exports `view`.
*/
export const views: readonly DeskView[] = found.toSorted((a, b) => (a.key < b.key ? -1 : 1));
