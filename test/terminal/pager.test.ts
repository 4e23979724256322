import {expect, test} from 'vitest';
import {pagerFor} from '../../source/terminal/pager.js';

const screen = {isTerminal: true, columns: 80, rows: 24};
const long = 'a line\n'.repeat(24);

test.each([
	[{TERM: 'xterm'}, 'less'],
	[{TERM: 'xterm', PAGER: 'most -s'}, 'most -s'],
	[{TERM: 'xterm', PAGER: 'cat'}, undefined],
	[{TERM: 'xterm', PAGER: ' cat '}, undefined],
	[{TERM: 'xterm', PAGER: ''}, undefined],
	[{TERM: 'dumb'}, undefined],
	[{}, undefined],
])('%o has the pager %s', (environment, pager) => {
	expect(pagerFor(long, environment, screen)).toBe(pager);
	expect(pagerFor(long, environment, {...screen, isTerminal: false})).toBeUndefined();
});

test('what fits on the screen needs none; a long line takes several rows', () => {
	const environment = {TERM: 'xterm'};
	expect(pagerFor('a line\n'.repeat(23), environment, screen)).toBeUndefined();
	expect(pagerFor(`${'a line\n'.repeat(22)}${'x'.repeat(81)}\n`, environment, screen)).toBe('less');
});
