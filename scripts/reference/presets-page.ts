import {listPresetWords} from '../../source/presets/preset-words.js';
import {nodePresetFiles} from '../../source/presets/preset-files.js';
import {themes} from '../../source/presets/themes.js';
import {pageHead} from './markdown-table.js';

/** `docs/reference/presets.md`: what ships, by theme, with story and source. */
export async function presetsPage(): Promise<string> {
	const presets = await listPresetWords(nodePresetFiles());
	const parts = themes.flatMap(theme => {
		const members = presets.filter(preset => preset.theme === theme);
		return members.length === 0
			? []
			: [
					[
						`## ${theme}`,
						...members.map(
							({name, title, story, source}) =>
								`\n### ${name}\n\n**${text(title)}**\n\n${text(story)}\n\nSource: ${text(source)}`,
						),
					].join('\n'),
				];
	});
	const head = pageHead(
		'Presets',
		'The incidents and machines that ship. `vqlab NAME` opens one, `vqlab run NAME` simulates it; each ' +
			'claims figures that the tests check.',
	);
	return `${head}\n${parts.join('\n\n')}\n`;
}

function text(words: string): string {
	return words.replaceAll('<', '&lt;').replaceAll(/(?<=\w)\*|\*(?=\w)/gv, String.raw`\*`);
}
