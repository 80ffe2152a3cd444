// `lightning/mobileCapabilities`: a desktop browser has none of them, which is what the platform answers there.
export function getBarcodeScanner(): { isAvailable(): boolean } {
    return { isAvailable: () => false };
}
