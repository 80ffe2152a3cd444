// Enumerations of the platform that Apex code names.
import { EnumInfo, type EnumConstant } from '../model.ts';
import type { FieldType } from '../../schema/types.ts';

class PlatformEnum extends EnumInfo {
    override get fullName(): string {
        return `System.${this.name}`;
    }
}

const platformEnums = new Map<string, EnumInfo>();

function define(name: string, constants: string): EnumInfo {
    const info = new PlatformEnum(name, null, '', constants.split(' '));
    platformEnums.set(name.toLowerCase(), info);
    return info;
}

export const ACCESS_LEVEL = define('AccessLevel', 'USER_MODE SYSTEM_MODE');
define('LoggingLevel', 'NONE ERROR WARN INFO DEBUG FINE FINER FINEST');
define('RoundingMode', 'CEILING DOWN FLOOR HALF_DOWN HALF_EVEN HALF_UP UNNECESSARY UP');
const STATUS_CODES =
    'ALL_OR_NONE_OPERATION_ROLLED_BACK CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY CUSTOM_METADATA_LIMIT_EXCEEDED DELETE_FAILED ' +
    'DUPLICATE_EXTERNAL_ID DUPLICATE_VALUE ENTITY_IS_DELETED FIELD_CUSTOM_VALIDATION_EXCEPTION ' +
    'FIELD_FILTER_VALIDATION_EXCEPTION FIELD_INTEGRITY_EXCEPTION INACTIVE_OWNER_OR_USER ' +
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY INSUFFICIENT_ACCESS_OR_READONLY INVALID_CROSS_REFERENCE_KEY ' +
    'INVALID_FIELD INVALID_FIELD_FOR_INSERT_UPDATE INVALID_ID_FIELD INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST ' +
    'MALFORMED_ID MISSING_ARGUMENT NUMBER_OUTSIDE_VALID_RANGE REQUIRED_FIELD_MISSING STRING_TOO_LONG ' +
    'TRANSFER_REQUIRES_READ UNABLE_TO_LOCK_ROW UNKNOWN_EXCEPTION';
export const STATUS_CODE = define('StatusCode', STATUS_CODES);

export const TRIGGER_OPERATION = define(
    'TriggerOperation',
    'AFTER_DELETE AFTER_INSERT AFTER_UNDELETE AFTER_UPDATE BEFORE_DELETE BEFORE_INSERT BEFORE_UPDATE'
);

const DISPLAY_TYPE = define(
    'DisplayType',
    'ADDRESS ANYTYPE BOOLEAN COMBOBOX CURRENCY DATE DATETIME DOUBLE EMAIL ID INTEGER MULTIPICKLIST PERCENT PHONE PICKLIST ' +
        'REFERENCE STRING TEXTAREA TIME URL'
);

/** What describe says of a field, as Apex names it. */
export function displayType(type: FieldType): EnumConstant {
    return DISPLAY_TYPE.find(type === 'int' ? 'integer' : type)!;
}

export const platformEnum = (lowerName: string): EnumInfo | undefined => platformEnums.get(lowerName);
