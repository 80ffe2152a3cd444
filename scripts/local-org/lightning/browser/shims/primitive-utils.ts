// `lightning/primitiveUtils`, imported by lightning-primitive-figure and absent from the package.
export function reflectAttribute(element: HTMLElement, name: string, value: unknown): void {
    if (value === undefined || value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
}
