import {expect, test} from 'vitest';
import {detectCapabilities} from '../../source/terminal/capabilities.js';

const wanted = {ascii: false, color: true};

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
	expect(detectCapabilities(environment, {ascii: true, color: true}).unicode).toBe(false);
});

test.each([
	[{TERM: 'xterm-256color'}, '256'],
	[{TERM: 'xterm-256color', COLORTERM: 'truecolor'}, 'truecolor'],
	[{TERM: 'linux'}, '16'],
	[{TERM: 'dumb', COLORTERM: 'truecolor'}, 'none'],
	[{TERM: 'vt100-m'}, 'none'],
	[{}, 'none'],
	[{TERM: 'xterm-256color', NO_COLOR: '1'}, 'none'],
	[{TERM: 'xterm-256color', NO_COLOR: ''}, '256'],
])('%o shows %s colours', (environment, depth) => {
	expect(detectCapabilities(environment, wanted).color).toBe(depth);
	expect(detectCapabilities(environment, {ascii: false, color: false}).color).toBe('none');
});
