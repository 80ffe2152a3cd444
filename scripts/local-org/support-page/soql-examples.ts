// SOQL features, one example each. The page says of each what the org really answers; nothing is claimed here.
export interface Example {
    feature: string;
    code: string;
}

export const SOQL_EXAMPLES: Example[] = [
    ['fields', 'SELECT Id, Name FROM Account'],
    ['object alias', 'SELECT a.Id, a.Name FROM Account a'],
    ['relationship alias', 'SELECT o.Id FROM Opportunity o, o.Account a WHERE a.Name != null'],
    ['field alias in aggregates', 'SELECT COUNT(Id) deals FROM Opportunity'],
    ['parent paths, five levels', 'SELECT Account.Owner.Manager.UserRole.ParentRoleId FROM Opportunity'],
    ['polymorphic parent', 'SELECT What.Name, Who.Name FROM Task'],
    ['TYPEOF', 'SELECT TYPEOF What WHEN Account THEN Phone ELSE Name END FROM Task'],
    [
        'child subquery',
        'SELECT Id, (SELECT Id FROM Opportunities WHERE IsWon = true ORDER BY Name LIMIT 2) FROM Account'
    ],
    ['FIELDS(STANDARD)', 'SELECT FIELDS(STANDARD) FROM Account LIMIT 10'],
    ['FIELDS(ALL)', 'SELECT FIELDS(ALL) FROM Account LIMIT 10'],
    ['FIELDS(CUSTOM)', 'SELECT FIELDS(CUSTOM) FROM Account LIMIT 10'],
    [
        'comparison operators',
        "SELECT Id FROM Account WHERE Name != 'A' AND CreatedDate >= 2020-01-01T00:00:00Z"
    ],
    ['LIKE', "SELECT Id FROM Account WHERE Name LIKE 'Bank%'"],
    ['IN and NOT IN', "SELECT Id FROM Account WHERE Name IN ('A', 'B') AND Industry NOT IN ('X')"],
    ['INCLUDES', "SELECT Id FROM Survey__c WHERE Topics__c INCLUDES ('Fees;Service')"],
    [
        'semi-join',
        'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE IsWon = true)'
    ],
    ['anti-join', 'SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Opportunity)'],
    [
        'AND, OR, NOT with brackets',
        "SELECT Id FROM Account WHERE (Name = 'A' OR Name = 'B') AND (NOT Industry = 'C')"
    ],
    [
        'date literals',
        'SELECT Id FROM Opportunity WHERE CloseDate = THIS_QUARTER OR CloseDate = LAST_N_DAYS:30'
    ],
    ['fiscal date literals', 'SELECT Id FROM Opportunity WHERE CloseDate = THIS_FISCAL_QUARTER'],
    [
        'date functions',
        'SELECT CALENDAR_YEAR(CloseDate), COUNT(Id) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)'
    ],
    [
        'fiscal date functions',
        'SELECT FISCAL_QUARTER(CloseDate), COUNT(Id) FROM Opportunity GROUP BY FISCAL_QUARTER(CloseDate)'
    ],
    [
        'convertTimezone',
        'SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)), COUNT(Id) FROM Opportunity GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate))'
    ],
    ['COUNT()', 'SELECT COUNT() FROM Account'],
    [
        'SUM, AVG, MIN, MAX, COUNT_DISTINCT',
        'SELECT SUM(Amount), AVG(Amount), MIN(CloseDate), MAX(CloseDate), COUNT_DISTINCT(OwnerId) FROM Opportunity'
    ],
    [
        'GROUP BY, HAVING',
        'SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1'
    ],
    [
        'GROUP BY ROLLUP, GROUPING',
        'SELECT StageName, GROUPING(StageName) total, COUNT(Id) FROM Opportunity GROUP BY ROLLUP(StageName)'
    ],
    ['GROUP BY CUBE', 'SELECT StageName, Type, COUNT(Id) FROM Opportunity GROUP BY CUBE(StageName, Type)'],
    ['ORDER BY, NULLS LAST', 'SELECT Id FROM Opportunity ORDER BY Amount DESC NULLS LAST, Name'],
    ['LIMIT, OFFSET', 'SELECT Id FROM Account ORDER BY Name LIMIT 10 OFFSET 20'],
    ['toLabel', 'SELECT toLabel(StageName) FROM Opportunity'],
    ['FORMAT', 'SELECT FORMAT(Amount) FROM Opportunity'],
    ['convertCurrency', 'SELECT convertCurrency(Amount) FROM Opportunity'],
    ['WITH USER_MODE', 'SELECT Id FROM Account WITH USER_MODE'],
    ['WITH SECURITY_ENFORCED', 'SELECT Id FROM Account WITH SECURITY_ENFORCED'],
    ['USING SCOPE', 'SELECT Id FROM Account USING SCOPE mine'],
    ['FOR VIEW, FOR REFERENCE', 'SELECT Id FROM Account LIMIT 1 FOR VIEW'],
    ['FOR UPDATE (Apex)', 'SELECT Id FROM Account LIMIT 1 FOR UPDATE'],
    ['ALL ROWS (Apex)', 'SELECT Id FROM Account ALL ROWS'],
    [
        'DISTANCE, GEOLOCATION',
        "SELECT Id FROM Account WHERE DISTANCE(BillingAddress, GEOLOCATION(51.5, 0.1), 'km') < 10"
    ],
    ['WITH DATA CATEGORY', 'SELECT Id FROM Account WITH DATA CATEGORY Geography__c AT usa__c'],
    ['compound address', 'SELECT BillingAddress FROM Account'],
    ['big objects, external objects', 'SELECT Id FROM Archive__b']
].map(([feature, code]) => ({ feature: feature!, code: code! }));
