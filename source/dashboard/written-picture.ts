import {type Canvas} from '../charts/canvas.js';
import {type ScreenFormat} from '../session/controller.js';
import {type ThemeName} from '../session/interface-state.js';
import {svgOf} from './svg.js';
import {pictureColors, themeOf} from './theme.js';

export type PictureWords = {
	readonly format: ScreenFormat;
	readonly theme: ThemeName;
	readonly colored: boolean;
	/** Of the picture, for readers that see no picture. */
	readonly title: string;
};

/** A screen as text, as text with colours, or as a picture; with a line end at its end. */
export function writtenPicture(canvas: Canvas, {format, theme, colored, title}: PictureWords): string {
	if (format === 'svg') {
		return svgOf(canvas, title, pictureColors(theme === 'native' ? 'night' : theme), colored);
	}

	const rows =
		format === 'text'
			? canvas.text().map(row => row.trimEnd())
			: canvas.paint(themeOf(theme, colored ? (theme === 'native' ? '16' : 'truecolor') : 'none'));
	return `${rows.join('\n')}\n`;
}
