// Loaded when a picture is drawn: the first view of a page goes without it.
export { describePicture, drawPicture } from '@postern/cli/browser';
