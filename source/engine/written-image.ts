import {type StateImage} from './state-image.js';

/**
An image of a tree without the objects that the tree has had from its beginning on: plain data,
which can be written to a file. At their places, which are in `fixed`, is null.
*/
export type WrittenImage = {
	readonly values: readonly unknown[];
	readonly fixed: readonly number[];
};

/**
The image as plain data; `first` is that of the same tree at its beginning. Undefined when the tree
has come to refer to another immutable object, which has no text.
*/
export function writtenImage(image: StateImage, first: StateImage): WrittenImage | undefined {
	const fixed: number[] = [];
	const values: unknown[] = [];
	for (const [place, value] of image.entries()) {
		const isObject = typeof value === 'object' && value !== null && Object.isFrozen(value);
		if (isObject && value !== first[place]) {
			return undefined;
		}

		if (isObject) {
			fixed.push(place);
		}

		values.push(isObject ? null : value);
	}

	return {values, fixed};
}

/** The image that was written, of a tree whose own first image this is. */
export function readImage({values, fixed}: WrittenImage, first: StateImage): StateImage {
	const image = [...values];
	for (const place of fixed) {
		image[place] = first[place];
	}

	return image;
}
