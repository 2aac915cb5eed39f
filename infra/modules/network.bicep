// A private network, the app's own or the agency's: storage and vault are reached by private addresses only, and what leaves for the internet, webhooks
// above all, leaves from one fixed address that receivers can put on their lists, where the network is the app's own.
param environmentName string
param location string
param addressPrefix string
param existingAppSubnetId string
param existingEndpointSubnetId string
param existingDnsZonesGroupId string
param storageAccountId string
param packageAccountId string
param vaultId string
param tags object

var endpoints = [
  {
    name: 'blob'
    resourceId: storageAccountId
    zone: 'privatelink.blob.${environment().suffixes.storage}'
  }
  {
    name: 'queue'
    resourceId: storageAccountId
    zone: 'privatelink.queue.${environment().suffixes.storage}'
  }
  {
    name: 'table'
    resourceId: storageAccountId
    zone: 'privatelink.table.${environment().suffixes.storage}'
  }
  {
    name: 'vault'
    resourceId: vaultId
    zone: 'privatelink.vaultcore.azure.net'
  }
]

var isOwn = empty(existingAppSubnetId)
var makesZones = empty(existingDnsZonesGroupId)
var networkName = 'vnet-${environmentName}'
var appRange = cidrSubnet(addressPrefix, 25, 0)
var networkId = isOwn ? resourceId('Microsoft.Network/virtualNetworks', networkName) : split(existingAppSubnetId, '/subnets/')[0]
var appSubnetId = isOwn ? resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'app') : existingAppSubnetId
var endpointSubnetId = isOwn ? resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'endpoints') : existingEndpointSubnetId
var zoneIds = map(endpoints, endpoint => makesZones
  ? resourceId('Microsoft.Network/privateDnsZones', endpoint.zone)
  : '${existingDnsZonesGroupId}/providers/Microsoft.Network/privateDnsZones/${endpoint.zone}')

resource outboundAddress 'Microsoft.Network/publicIPAddresses@2024-05-01' = if (isOwn) {
  name: 'pip-${environmentName}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    // Static: receivers allow this very address.
    publicIPAllocationMethod: 'Static'
  }
}

resource nat 'Microsoft.Network/natGateways@2024-05-01' = if (isOwn) {
  name: 'ng-${environmentName}'
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIpAddresses: [
      {
        id: outboundAddress.id
      }
    ]
  }
}

// Nobody calls the app by its network, and only the app calls storage and vault.
resource appRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = if (isOwn) {
  name: 'nsg-${environmentName}-app'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'nothing-comes-in'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: 'Internet'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = if (isOwn) {
  name: 'nsg-${environmentName}-endpoints'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'app'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: appRange
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
      {
        name: 'nobody-else'
        properties: {
          priority: 4000
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = if (isOwn) {
  name: networkName
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: 'app'
        properties: {
          // Half of the range: every instance takes an address.
          addressPrefix: appRange
          networkSecurityGroup: {
            id: appRules.id
          }
          natGateway: {
            id: nat.id
          }
          // Flex Consumption runs in subnets that are delegated to it.
          delegations: [
            {
              name: 'flex'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 27, 4)
          networkSecurityGroup: {
            id: endpointRules.id
          }
          // Without this the rules would not count for private endpoints.
          privateEndpointNetworkPolicies: 'NetworkSecurityGroupEnabled'
          // Only the NAT gateway gives a way out, and nothing here needs one.
          defaultOutboundAccess: false
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = [for endpoint in endpoints: if (makesZones) {
  name: endpoint.zone
  location: 'global'
  tags: tags
}]

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = [for (endpoint, i) in endpoints: if (makesZones) {
  parent: zone[i]
  name: 'to-${last(split(networkId, '/'))}'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: {
      id: networkId
    }
  }
  dependsOn: [
    network
  ]
}]

resource privateEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for endpoint in endpoints: {
  name: 'pe-${environmentName}-${endpoint.name}'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: endpointSubnetId
    }
    privateLinkServiceConnections: [
      {
        name: endpoint.name
        properties: {
          privateLinkServiceId: endpoint.resourceId
          groupIds: [
            endpoint.name
          ]
        }
      }
    ]
  }
  dependsOn: [
    network
  ]
}]

resource zoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (endpoint, i) in endpoints: {
  parent: privateEndpoint[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: endpoint.name
        properties: {
          privateDnsZoneId: zoneIds[i]
        }
      }
    ]
  }
  dependsOn: [
    zone
  ]
}]

// The account of the packages is reached the same way; its names stand in the zone of blobs that there is already.
resource packageEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'pe-${environmentName}-package'
  location: location
  tags: tags
  properties: {
    subnet: {
      id: endpointSubnetId
    }
    privateLinkServiceConnections: [
      {
        name: 'package'
        properties: {
          privateLinkServiceId: packageAccountId
          groupIds: [
            'blob'
          ]
        }
      }
    ]
  }
  dependsOn: [
    network
  ]
}

resource packageZoneGroup 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: packageEndpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      {
        name: 'blob'
        properties: {
          privateDnsZoneId: zoneIds[0]
        }
      }
    ]
  }
  dependsOn: [
    zone
  ]
}

output appSubnetId string = appSubnetId
output outboundIpAddress string = isOwn ? outboundAddress!.properties.ipAddress : ''
