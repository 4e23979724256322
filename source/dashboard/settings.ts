import path from 'node:path';
import english from 'zod/v4/locales/en.js';
import * as z from 'zod/mini';
import {nearest} from '../errors/nearest.js';
import {UserError} from '../errors/user-error.js';
import {readOwnFile} from '../files/read-own.js';
import {quoted} from '../parameters/duration.js';
import {type ThemeName, themeNames} from '../session/interface-state.js';

type Environment = Readonly<Record<string, string | undefined>>;

// What is wrong is said in its words.
z.config(english());

/** Made where a file is read, as most starts find none. */
const settingsSchema = () =>
	z.strictObject({
		theme: z.exactOptional(z.enum(themeNames)),
		speed: z.exactOptional(z.string()),
		fps: z.exactOptional(z.int().check(z.minimum(1), z.maximum(60))),
		ascii: z.exactOptional(z.boolean()),
		/** Off leaves the mouse to the terminal, which selects text with it. */
		mouse: z.exactOptional(
			z.union([
				z.boolean(),
				z.pipe(
					z.enum(['on', 'off']),
					z.transform((word: 'on' | 'off') => word === 'on'),
				),
			]),
		),
		/** Ids of views and pictures that the dashboard opens with. */
		layout: z.exactOptional(
			z.strictObject({
				view: z.exactOptional(z.string()),
				picture: z.exactOptional(z.enum(['lock', 'frames', 'none'])),
				unfolded: z.exactOptional(z.array(z.string()).check(z.maxLength(16))),
			}),
		),
		/** Keys by the id of their command. */
		keys: z.exactOptional(
			z.record(
				z.string(),
				z.array(z.string().check(z.minLength(1), z.maxLength(12))).check(z.minLength(1), z.maxLength(6)),
			),
		),
	});

/** How the dashboard is to be, where the command line does not say it. */
export type Settings = z.infer<ReturnType<typeof settingsSchema>>;

/**
Where the settings file is: `$XDG_CONFIG_HOME/vqlab/config.json`, else under
`~/.config`; undefined without a home.
*/
export function settingsFile({XDG_CONFIG_HOME: folder = '', HOME: home = ''}: Environment): string | undefined {
	// The specification of base directories: a path that is not absolute is ignored.
	const base = path.isAbsolute(folder) ? folder : home === '' ? undefined : path.join(home, '.config');
	return base === undefined ? undefined : path.join(base, 'vqlab', 'config.json');
}

/** Reads the text of a settings file. Throws `UserError` with what is wrong and where. */
export function parseSettingsFile(text: string, file: string): Settings {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new UserError(`${file}: not JSON`);
	}

	const schema = settingsSchema();
	const result = schema.safeParse(json);
	if (result.success) {
		return result.data;
	}

	const [issue] = result.error.issues;
	const place = issue.path.map(String).join('.');
	if (issue.code === 'unrecognized_keys') {
		const [key] = issue.keys;
		const known = Object.keys(schema.shape);
		const near = nearest(key, known);
		throw new UserError(
			`${file}: unknown key ` +
				`${quoted(key)}${near === undefined ? `: known are ${known.join(', ')}` : `; did you mean ${near}?`}`,
		);
	}

	throw new UserError(`${file}: ${place === '' ? '' : `${place}: `}${issue.message}`);
}

/** `VQLAB_THEME`, `VQLAB_SPEED`, `VQLAB_FPS` and `VQLAB_ASCII` (1 or 0). Throws `UserError`. */
function fromEnvironment(environment: Environment): Settings {
	const {
		VQLAB_THEME: theme = '',
		VQLAB_SPEED: speed = '',
		VQLAB_FPS: fps = '',
		VQLAB_ASCII: ascii = '',
		VQLAB_MOUSE: mouse = '',
	} = environment;
	const known = themeNames.find(name => name === theme);
	if (theme !== '' && known === undefined) {
		throw new UserError(`VQLAB_THEME: ${quoted(theme)} is no theme: write one of ${themeNames.join(', ')}`);
	}

	if (ascii !== '' && ascii !== '0' && ascii !== '1') {
		throw new UserError(`VQLAB_ASCII: ${quoted(ascii)}: write 1 or 0`);
	}

	if (mouse !== '' && mouse !== '0' && mouse !== '1') {
		throw new UserError(`VQLAB_MOUSE: ${quoted(mouse)}: write 1 or 0`);
	}

	if (fps !== '' && !/^[1-9]\d?$/v.test(fps)) {
		throw new UserError(`VQLAB_FPS: ${quoted(fps)} is no frame rate: write a whole number from 1 to 60`);
	}

	return {
		...(known === undefined ? {} : {theme: known}),
		...(speed === '' ? {} : {speed}),
		...(fps === '' ? {} : {fps: Number(fps)}),
		...(ascii === '' ? {} : {ascii: ascii === '1'}),
		...(mouse === '' ? {} : {mouse: mouse === '1'}),
	};
}

/**
The settings of the user: the file, and over it the environment. Throws `UserError`, one line.
*/
export function readSettings(environment: Environment): Settings {
	const file = settingsFile(environment);
	const text = file === undefined ? undefined : readOwnFile(file);
	return {
		...(text === undefined || file === undefined ? {} : parseSettingsFile(text, file)),
		...fromEnvironment(environment),
	};
}

/** The theme that was asked for by its name. Throws `UserError`. */
export function themeOfFlag(text: string | undefined): ThemeName | undefined {
	const theme = themeNames.find(name => name === text);
	if (text !== undefined && theme === undefined) {
		throw new UserError(`--theme: ${quoted(text)} is no theme: write one of ${themeNames.join(', ')}`);
	}

	return theme;
}
