import {expect, test} from 'vitest';
import {detectCapabilities} from '../../source/terminal/capabilities.js';

const wanted = {ascii: false, color: undefined};

test.each([
	[{LANG: 'en_US.UTF-8'}, true],
	[{LANG: 'C.utf8'}, true],
	[{LANG: 'C'}, false],
	[{}, false],
	[{LANG: 'en_US.UTF-8', LC_ALL: 'POSIX'}, false],
	[{LANG: 'C', LC_CTYPE: 'de_DE.UTF-8'}, true],
	[{LANG: 'C', LC_ALL: '', LC_CTYPE: 'de_DE.UTF-8'}, true],
])('the locale %o has UTF-8: %s', (environment, unicode) => {
	expect(detectCapabilities(environment, wanted).unicode).toBe(unicode);
	expect(detectCapabilities(environment, {ascii: true, color: undefined}).unicode).toBe(false);
});

const xterm = {TERM: 'xterm-256color'};

test.each([
	[xterm, '256'],
	[{...xterm, COLORTERM: 'truecolor'}, 'truecolor'],
	[{TERM: 'linux'}, '16'],
	[{TERM: 'dumb', COLORTERM: 'truecolor'}, 'none'],
	[{TERM: 'vt100-m'}, 'none'],
	[{}, 'none'],
	[{...xterm, NO_COLOR: '1'}, 'none'],
	[{...xterm, NO_COLOR: '0'}, 'none'],
	[{...xterm, NO_COLOR: ''}, '256'],
	[{...xterm, FORCE_COLOR: '0'}, 'none'],
	[{...xterm, FORCE_COLOR: 'false'}, 'none'],
	[{...xterm, FORCE_COLOR: '1'}, '16'],
	[{TERM: 'dumb', FORCE_COLOR: '2'}, '256'],
	[{TERM: 'dumb', FORCE_COLOR: '3'}, 'truecolor'],
	[{TERM: 'dumb', FORCE_COLOR: 'true'}, '16'],
	[{...xterm, FORCE_COLOR: ''}, '256'],
	[{...xterm, NO_COLOR: '1', FORCE_COLOR: '3', CLICOLOR_FORCE: '1'}, 'none'],
	[{TERM: 'dumb', CLICOLOR_FORCE: '1'}, '16'],
	[{...xterm, CLICOLOR_FORCE: '1'}, '256'],
	[{TERM: 'dumb', CLICOLOR_FORCE: '0'}, 'none'],
	[{TERM: 'dumb', CLICOLOR_FORCE: ''}, 'none'],
	[{TERM: 'dumb', CLICOLOR: '1'}, 'none'],
	[{...xterm, CLICOLOR: '0'}, 'none'],
	[{...xterm, CLICOLOR: '0', CLICOLOR_FORCE: '1'}, '256'],
	[{...xterm, CLICOLOR: '0', FORCE_COLOR: '1'}, '16'],
	[{...xterm, CLICOLOR_FORCE: '1', FORCE_COLOR: '0'}, 'none'],
])('%o shows %s colours', (environment, depth) => {
	expect(detectCapabilities(environment, wanted).color).toBe(depth);
	expect(detectCapabilities(environment, {ascii: false, color: false}).color).toBe('none');
});

test.each([
	[{...xterm, NO_COLOR: '1'}, '256'],
	[{TERM: 'dumb'}, '16'],
	[{...xterm, FORCE_COLOR: '0'}, '256'],
	[{...xterm, FORCE_COLOR: '1'}, '16'],
	[{...xterm, CLICOLOR: '0'}, '256'],
])('--color over %o shows %s colours', (environment, depth) => {
	expect(detectCapabilities(environment, {ascii: false, color: true}).color).toBe(depth);
});
