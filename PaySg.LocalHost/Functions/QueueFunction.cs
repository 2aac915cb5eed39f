namespace PaySg.LocalHost.Functions;

/// <summary>A function that takes messages of a storage queue, as text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TriggerParameter">The parameter that takes the message.</param>
/// <param name="QueueName">The queue's name; <c>%name%</c> stands for a setting.</param>
/// <param name="Connection">The name of the setting with the storage connection; null is the host's own.</param>
internal sealed record QueueFunction(string Name, string TriggerParameter, string QueueName, string? Connection) : AppFunction(Name, TriggerParameter);
