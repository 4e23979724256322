import {type Look, type Theme} from '../charts/look.js';
import {type Role} from '../charts/role.js';
import {type ColorDepth} from '../terminal/capabilities.js';
import {type ThemeName} from '../session/interface-state.js';

const none: Look = {on: [], off: []};
const bold: Look = {on: ['1'], off: ['22']};
const reverse: Look = {on: ['7'], off: ['27']};

function color(code: number, isBold = false): Look {
	return isBold ? {on: ['1', String(code)], off: ['22', '39']} : {on: [String(code)], off: ['39']};
}

const quiet = color(90);

/** The 16 colours of the user, background untouched. */
const native: Readonly<Record<Role, Look>> = {
	text: none,
	dim: quiet,
	frame: quiet,
	focus: bold,
	title: none,
	value: bold,
	select: reverse,
	guest: color(36),
	host: color(33),
	spin: color(31, true),
	lock: color(33, true),
	exit: color(35),
	wait: quiet,
	irq: color(33, true),
	used: color(32),
	ok: color(32),
	warn: color(33),
	bad: color(31, true),
	a: color(36),
	b: color(33),
	mark: color(35),
};

const roles: readonly Role[] = [
	'text',
	'dim',
	'frame',
	'focus',
	'title',
	'value',
	'select',
	'guest',
	'host',
	'spin',
	'lock',
	'exit',
	'wait',
	'irq',
	'used',
	'ok',
	'warn',
	'bad',
	'a',
	'b',
	'mark',
];

type Palette = Readonly<Record<Role, string>>;

const night: Palette = {
	text: '#d6dbe0',
	dim: '#8a949e',
	frame: '#626d79',
	focus: '#e8edf2',
	title: '#e8edf2',
	value: '#e8edf2',
	select: '#24405a',
	guest: '#56b4e9',
	host: '#e69f00',
	spin: '#ff6e67',
	lock: '#f0e442',
	exit: '#b48ead',
	wait: '#7d8790',
	irq: '#f0e442',
	used: '#9be8c8',
	ok: '#9be8c8',
	warn: '#e6b400',
	bad: '#ff6e67',
	a: '#56b4e9',
	b: '#e69f00',
	mark: '#cc79a7',
};

const paper: Palette = {
	text: '#1f2429',
	dim: '#5c6670',
	frame: '#868f97',
	focus: '#1f2429',
	title: '#1f2429',
	value: '#1f2429',
	select: '#d5e6f3',
	guest: '#0067a5',
	host: '#9a5b00',
	spin: '#c22a1b',
	lock: '#7a6a00',
	exit: '#7a4a86',
	wait: '#69727a',
	irq: '#7a6a00',
	used: '#00715a',
	ok: '#00715a',
	warn: '#8a6100',
	bad: '#c22a1b',
	a: '#0067a5',
	b: '#9a5b00',
	mark: '#a03a76',
};

const backgrounds = {night: '#0f1419', paper: '#fbfaf6'} as const;

/** Colours of a theme that has its own, as `#rrggbb`, for a picture. */
export type PictureColors = {
	readonly background: string;
	/** Of text by role; `select` is what lies behind the selection. */
	readonly palette: Readonly<Record<Role, string>>;
};

/** The colours of a picture in a theme; `native` is the user's own terminal and has none. */
export function pictureColors(name: Exclude<ThemeName, 'native'>): PictureColors {
	return name === 'night'
		? {background: backgrounds.night, palette: night}
		: {background: backgrounds.paper, palette: paper};
}

/** These roles are bold in every theme. */
export function isStrong(role: Role): boolean {
	return role === 'focus' || role === 'value';
}

function channels(hex: string): readonly [number, number, number] {
	const value = Number.parseInt(hex.slice(1), 16);
	return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The nearest entry of the 6x6x6 cube of the 256 colours. */
function cube(hex: string): number {
	const [red, green, blue] = channels(hex).map(channel =>
		channel < 48 ? 0 : channel < 115 ? 1 : Math.floor((channel - 35) / 40),
	);
	return 16 + 36 * red + 6 * green + blue;
}

function paint(hex: string, ground: 38 | 48, depth: ColorDepth): string {
	return depth === 'truecolor' ? `${ground};2;${channels(hex).join(';')}` : `${ground};5;${cube(hex)}`;
}

/** The same look for every role, to start a theme from. */
function everyRole(look: (role: Role) => Look): Readonly<Record<Role, Look>> {
	const looks = {...native};
	for (const role of roles) {
		looks[role] = look(role);
	}

	return looks;
}

function fromPalette(palette: Palette, background: string, depth: ColorDepth): Theme {
	const ground = paint(background, 48, depth);
	const looks = everyRole(role => {
		const strong = isStrong(role);
		return {
			on: [...(strong ? ['1'] : []), paint(palette[role], 38, depth), ground],
			off: [...(strong ? ['22'] : []), '39', '49'],
		};
	});
	return {looks, select: {on: [paint(palette.select, 48, depth)], off: ['49']}, clear: false};
}

/** Without colour: bold for the focus and values, reverse for the selection. */
const withoutColor: Theme = {
	looks: everyRole(role => (isStrong(role) ? bold : none)),
	select: reverse,
	clear: true,
};

function makeTheme(name: ThemeName, depth: ColorDepth): Theme {
	if (depth === 'none') {
		return withoutColor;
	}

	if (name === 'native' || depth === '16') {
		return {looks: native, select: reverse, clear: true};
	}

	return name === 'night'
		? fromPalette(night, backgrounds.night, depth)
		: fromPalette(paper, backgrounds.paper, depth);
}

const themes = new Map<string, Theme>();

/**
The looks of a theme on this terminal, made once; with 16 colours every theme is the user's own.
*/
export function themeOf(name: ThemeName, depth: ColorDepth): Theme {
	const key = `${name} ${depth}`;
	const theme = themes.get(key) ?? makeTheme(name, depth);
	themes.set(key, theme);
	return theme;
}
