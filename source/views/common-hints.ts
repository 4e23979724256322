import {type Hint} from '../session/command.js';
import {type Controller} from '../session/controller.js';

/**
The hints of a view that has none of its own: how to move what is shown, to
another view, and how time goes on.
*/
export function commonHints({tabs, subject}: Controller): readonly Hint[] {
	const zoom: Hint = {commands: ['chart.zoomIn', 'chart.zoomOut'], words: 'zoom'};
	const visit: readonly Hint[] = tabs.length > 1 ? [{commands: tabs.map(({id}) => `view.${id}`), words: 'view'}] : [];
	const pause: Hint = {commands: ['time.pause'], words: subject.streams ? 'pause, follow' : 'pause'};
	if (!subject.canSeek) {
		return [zoom, ...visit, pause, {commands: ['time.faster', 'time.slower'], words: 'speed'}];
	}

	return [
		{commands: ['history.left', 'history.right'], words: 'scroll', scope: 'history'},
		zoom,
		...visit,
		{commands: ['history.start', 'history.live'], words: 'start, end', scope: 'history'},
		{commands: ['history.whole'], words: 'all of it', scope: 'history'},
		...(subject.streams ? [pause] : []),
	];
}
