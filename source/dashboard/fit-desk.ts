import {type Controller} from '../session/controller.js';
import {type Size} from '../terminal/size.js';
import {isTooSmall} from './too-small.js';

/**
Tells a desk what room a screen has: that of the first view that says so holds for all, since the
stretch that is shown is the same in each.
*/
export function fitDesk(controller: Controller, {columns, rows}: Size): void {
	if (isTooSmall(columns, rows)) {
		return;
	}

	const room = controller.tabs
		.map(view => view.columns?.(columns, rows, controller.subject.kind))
		.find(count => count !== undefined);
	controller.fit(room ?? columns);
}
