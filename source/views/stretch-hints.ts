import {type Hint} from '../session/command.js';
import {type Controller} from '../session/controller.js';

/** The hints of a subject that is looked through: how to move what is shown, and to another view. */
export function stretchHints({tabs, subject}: Controller): readonly Hint[] {
	return [
		{commands: ['history.left', 'history.right'], words: 'scroll', scope: 'history'},
		{commands: ['chart.zoomIn', 'chart.zoomOut'], words: 'zoom'},
		{commands: tabs.map(({id}) => `view.${id}`), words: 'view'},
		{commands: ['history.start', 'history.live'], words: 'start, end', scope: 'history'},
		{commands: ['history.whole'], words: 'all of it', scope: 'history'},
		...(subject.streams ? [{commands: ['time.pause'], words: 'pause, follow'}] : []),
	];
}
