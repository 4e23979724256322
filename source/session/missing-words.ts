import {type DeskView} from './controller.js';
import {type Subject} from './subject.js';

/** What a subject lacks for a view, in words. */
export function missingWords(view: DeskView, {kind}: Pick<Subject, 'kind'>): string {
	return `${view.title}: ${view.missing?.[kind] ?? `a ${kind} has nothing that this view could show`}`;
}
