import {nodePresetFiles, type PresetFiles} from '../presets/preset-files.js';
import {listPresetWords, ownTheme} from '../presets/preset-words.js';
import {themes} from '../presets/themes.js';
import {type CommandResult} from './command-result.js';
import {wrapped} from './wrapped.js';

/**
`vqlab presets`: what ships, by theme, with its source; as JSON the array
of docs/contract.md, section 6.
*/
export async function runPresetsCommand(
	_words: readonly string[] = [],
	options: {readonly format?: string} = {},
	files: PresetFiles = nodePresetFiles(),
): Promise<CommandResult> {
	const presets = await listPresetWords(files);
	if (options.format === 'json') {
		const array = presets.map(({name, title, theme, source, story}) => ({
			name,
			title,
			theme,
			source,
			story,
		}));
		return {output: `${JSON.stringify(array, undefined, 2)}\n`, exitCode: 0};
	}

	const sections = [...themes, ownTheme]
		.map(theme => ({theme, members: presets.filter(preset => preset.theme === theme)}))
		.filter(({members}) => members.length > 0)
		.map(({theme, members}) =>
			[
				theme,
				...members.flatMap(({name, title, source}) => [
					`  ${name}`,
					...wrapped(title, '    '),
					...(source === '' ? [] : wrapped(source, '      ')),
				]),
			].join('\n'),
		);
	return {output: `${sections.join('\n\n')}\n`, exitCode: 0};
}
